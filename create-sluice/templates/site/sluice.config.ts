import { defineConfig } from 'sluice';

export default defineConfig({
  listen: 8080,
  documentRoot: './htdocs',
  errorDocument: [404, '/missing.html'],
  sections: [
    { location: '/hello', contentHandler: './handlers/hello.ts' },
    { location: '/local', require: 'local', contentHandler: (r) => ({ you: r.clientIp }) },
  ],
});
