import { type Answer, comparable } from './answer.ts';
import { startApache } from './apache.ts';
import { CaseFolder } from './case-folder.ts';
import type { ComparisonCase } from './comparison-case.ts';
import { exchange } from './raw-exchange.ts';
import { hostOf, messageOf, requestOf } from './request-message.ts';
import { type StartedServer, fillIn } from './server-config.ts';
import { startSluice } from './sluice.ts';

/** One answer for each request, or what the server says to a config with which it doesn't start. */
export type Answers = readonly Answer[] | { readonly refusal: string };

const servers = { apache: startApache, sluice: startSluice };

/** Lays out a case's files, starts the server on its config and sends it the requests, one after the other. */
export async function ask(name: keyof typeof servers, comparison: ComparisonCase): Promise<Answers> {
  const folder = new CaseFolder(comparison);
  try {
    const server = await start(name, comparison, folder);
    if ('refusal' in server) return server;
    try {
      return await sendAll(server.port, comparison, folder);
    } finally {
      await server.stop();
    }
  } finally {
    folder.remove();
  }
}

/** Once more where somebody else was faster to take the port. */
async function start(
  name: keyof typeof servers,
  comparison: ComparisonCase,
  folder: CaseFolder,
): Promise<StartedServer> {
  const server = await servers[name](comparison, folder);
  const isUnlucky = 'refusal' in server && /could not bind to address|is taken by another program/.test(server.refusal);
  return isUnlucky ? start(name, comparison, folder) : server;
}

async function sendAll(port: number, { requests, random = [] }: ComparisonCase, folder: CaseFolder): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const request of requests.map((short) => requestOf(short))) {
    const hasBody = !request.request.startsWith('HEAD ');
    const raw = await exchange(
      port,
      messageOf(request, (text) => fillIn(text, folder, port)),
      hasBody,
    );
    const host = fillIn(hostOf(request), folder, port);
    answers.push(comparable(raw, hasBody, { host, root: folder.path, port, random }));
  }
  return answers;
}
