import { defineConfig } from 'sluice';

/** The same site as httpd.conf beside this file. */
export default defineConfig({
  listen: 8080,
  documentRoot: './htdocs',
  directoryIndex: 'index.html',
  errorDocument: [404, '/missing.html'],
  logFormat: ['%h %u "%r" %>s %b %L', 'short'],
  customLog: ['./logs/access.log', 'short'],
  outputFilter: ['SHOUT', './filters/shout.ts'],
  sections: [
    { location: '/staff', authType: 'Basic', authName: 'Staff', authUserFile: './htpasswd', require: 'valid-user' },
    { route: '/users/:id', contentHandler: './handlers/users.ts::show' },
    { files: '*.shout.txt', setOutputFilter: 'SHOUT' },
    { location: '/', header: 'set X-Content-Type-Options nosniff' },
  ],
});
