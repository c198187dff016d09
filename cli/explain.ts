import { detachedRequest } from '../core/detached-request.ts';
import { explainRequest } from '../core/explain.ts';
import { Generation } from '../core/generation.ts';
import type { RequestRecord } from '../core/request-record.ts';
import type { ResponseSink } from '../core/response-sink.ts';
import { CommandError } from './command-error.ts';
import type { Command } from './command.ts';
import { configFile, inspectionOptions } from './config-source.ts';
import { explanationText } from './explanation-text.ts';
import type { Given } from './options.ts';
import { print } from './print.ts';

export const explain: Command = {
  name: 'explain',
  words: ['METHOD', 'URL'],
  summary: 'say which sections, handlers and filters a request would meet',
  description: `Runs no handler: only what maps URLs to files and files to types. The host
and port of a whole URL, or of a Host header, choose the virtual host.

  sluice explain GET /private/report
  sluice explain POST http://shop.example:8080/orders --json
  sluice explain GET / -H 'Accept: text/plain' -H 'Cookie: a=b'`,
  options: ['config', 'define', 'header', 'json', 'help'],
  async run(given) {
    const { method, url } = readTarget(given);
    const headers = (given.values.header ?? []).map(readHeader);
    const generation = await Generation.load({ file: configFile(given.values) }, inspectionOptions(given.values));
    const explanation = await explainRequest(makeRequest(generation, { method, url, headers }));
    await generation.close();
    if (given.values.json === true) print(JSON.stringify({ method, url, ...explanation }, undefined, 2));
    else print(`${method} ${url}\n`, explanationText(explanation));
  },
};

function readTarget({ words }: Given): { method: string; url: string } {
  const [method, url] = words;
  if (method === undefined || url === undefined) {
    throw new CommandError(
      `explain takes METHOD URL, as in: sluice explain GET /, but was given: ${words.join(' ') || 'nothing'}`,
      2,
    );
  }
  if (!/^[A-Za-z]+$/.test(method))
    throw new CommandError(`explain takes a method such as GET first, not "${method}"`, 2);
  return { method: method.toUpperCase(), url };
}

function readHeader(text: string): [name: string, value: string] {
  const [, name, value] = /^([^\s:]+):\s*(.*?)\s*$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new CommandError(`-H takes 'Name: value', not "${text}"`, 2);
  return [name, value];
}

function makeRequest(generation: Generation, request: Parameters<typeof detachedRequest>[1]): RequestRecord {
  try {
    return detachedRequest(generation, request, nowhere);
  } catch {
    throw new CommandError(`expected a path such as /a/b, or a whole URL, but was given "${request.url}"`, 2);
  }
}

/** No handler runs, so nothing is answered. */
const nowhere: ResponseSink = { aborted: false, start() {}, write() {}, flush() {}, end() {}, cut() {}, interim() {} };
