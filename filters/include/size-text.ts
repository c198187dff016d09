const units = ['K', 'M', 'G', 'T', 'P'];

/** A size in four characters, e.g. ` 12K` and `1.5M`. */
export function shortSize(bytes: number): string {
  if (bytes < 973) return `${String(bytes).padStart(3)} `;
  let size = bytes;
  for (const unit of units) {
    const rest = size % 1_024;
    size = Math.floor(size / 1_024);
    if (size >= 973) continue;
    if (size > 9 || (size === 9 && rest >= 973)) return String(rest < 512 ? size : size + 1).padStart(3) + unit;
    const tenths = Math.floor((rest * 5 + 256) / 512);
    return tenths < 10 ? `${size}.${tenths}${unit}` : `${size + 1}.0${unit}`;
  }
  return '****';
}

/** A size in bytes with a comma before every third digit, e.g. `1,234,567`. */
export function longSize(bytes: number): string {
  return String(bytes).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
