/** How much a client likes a content coding. */
type CodingQuality = (coding: string) => number;

/** There are few different headers, as there are few different browsers. */
const MEMORY = 100;
const known = new Map<string | undefined, CodingQuality>();

/**
 * How much a client likes each content coding (RFC 9110 §12.5.3): 0 to 1. A header that isn't there says nothing, so that
 * only `identity` is sure to be understood.
 */
export function codingQuality(header: string | undefined): CodingQuality {
  let quality = known.get(header);
  if (quality === undefined) {
    quality = readAcceptEncoding(header);
    if (known.size === MEMORY) known.clear();
    known.set(header, quality);
  }
  return quality;
}

function readAcceptEncoding(header = ''): CodingQuality {
  const qualities = new Map<string, number>();
  for (const item of header.split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    if (name === '') continue;
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    qualities.set(name.replace(/^x-/, ''), weight === undefined ? 1 : readWeight(weight));
  }
  const others = qualities.get('*');
  // Unless it is refused, the plain form will do, though anything that is named is preferred to it.
  return (coding) => qualities.get(coding) ?? others ?? (coding === 'identity' ? UNNAMED : 0);
}

const UNNAMED = 0.000_1;

/** RFC 9110 §12.4.2; what is no weight says nothing good. */
function readWeight(text: string): number {
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 0;
}
