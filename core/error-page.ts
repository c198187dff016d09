import { STATUS_CODES } from 'node:http';
import { escapeHtml } from './escape-html.ts';
import { htmlPage } from './html-page.ts';

const explanations = new Map<number, string>([
  [300, 'There are several versions of this resource.'],
  [301, 'This resource has moved.'],
  [302, 'This resource is at another address for now.'],
  [303, 'The answer to this request is at another address.'],
  [307, 'This resource is at another address for now.'],
  [308, 'This resource has moved.'],
  [400, 'The server could not understand the request.'],
  [401, 'Credentials are needed for this resource, and those sent, if any, were not accepted.'],
  [403, 'You are not allowed to see this resource.'],
  [404, 'There is no such resource on this server.'],
  [405, 'This resource does not support the method of the request.'],
  [406, 'No version of this resource is acceptable to the client.'],
  [408, 'The request took too long to arrive.'],
  [410, 'This resource has been removed for good.'],
  [411, 'The request must say how long its body is.'],
  [412, 'A condition that the request made does not hold.'],
  [413, 'The request body is larger than the server accepts.'],
  [414, 'The address is longer than the server accepts.'],
  [415, 'The server does not understand the type of the request body.'],
  [416, 'The range asked for lies outside the resource.'],
  [426, 'This resource is there for another protocol only.'],
  [421, 'The connection was made for another host; this request needs one of its own.'],
  [431, 'The request headers are larger than the server accepts.'],
  [500, 'The server met an error and could not answer. Its log says more.'],
  [501, 'The server does not know the method of the request.'],
  [503, 'The server cannot answer at the moment. Please try again later.'],
]);

/** `404 Not Found` */
export function statusText(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? 'Unknown'}`;
}

/**
 * The page for a status where no ErrorDocument says otherwise. It never repeats the request; `location` is linked for
 * redirects, `failedTwice` is the status of an error document that failed itself, `more` is further HTML.
 */
export function errorPage(status: number, location?: string, failedTwice?: number, more = ''): string {
  const link = location === undefined ? '' : `\n<p><a href="${escapeHtml(location)}">${escapeHtml(location)}</a></p>`;
  const second =
    failedTwice === undefined ? '' : `\n<p>Its error document failed as well, with ${statusText(failedTwice)}.</p>`;
  const title = statusText(status);
  const text = explanations.get(status) ?? 'The request could not be answered.';
  return htmlPage(title, `<h1>${title}</h1>\n<p>${text}</p>${link}${second}${more}\n`, style);
}

const style =
  'body { font: 1rem/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 36rem; padding: 0 1rem } h1 { font-size: 1.5rem }';
