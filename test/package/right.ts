import { type ContentVerdict, DECLINED, type RequestRecord, createApp, defineConfig, mount } from 'sluice';
import { connectHandler, fetchHandler, koaHandler } from 'sluice/handlers';
import { basicCredentials } from 'sluice/phases';
import { fakeRequest, runFilter, runPhase, testApp } from 'sluice/testing';
export { default as plugin } from './powered-by.ts';
export { default as rateStore } from './rate-store.ts';

/** What a user of the package writes compiles, built-in directives and those of a plugin alike. */
export const config = defineConfig({
  listen: [8080, '127.0.0.1:8081'],
  poweredBy: 'steam',
  plugins: ['./powered-by.ts'],
  sections: [
    { location: '/hello', contentHandler: (r) => `${r.method} ${r.config.poweredBy}` },
    { location: '/staff', authType: 'Basic', authName: 'Staff', authUserFile: './htpasswd', require: 'valid-user' },
    { route: '/users/:id', contentHandler: (r) => ({ id: r.params['id'] }) },
    { location: '/koa', contentHandler: koaHandler((context) => void (context.body = 'Koa')) },
    { location: '/fetch', contentHandler: fetchHandler(() => new Response('fetch')) },
    { location: '/connect', contentHandler: connectHandler((_request, response) => response.end('Connect')) },
    { files: '*.txt', setOutputFilter: 'SHOUT', outputFilter: ['SHOUT', { data: (chunk, f) => f.passOn(chunk) }] },
    { directory: './htdocs', accessHandler: (r: RequestRecord) => (basicCredentials(r) ? DECLINED : 403) },
  ],
});

/** A handler that says what it answers may answer with an object. */
export const annotated = (r: RequestRecord): ContentVerdict => ({ uri: r.uri });

export const uses = [createApp, mount, fakeRequest, runFilter, runPhase, testApp];
