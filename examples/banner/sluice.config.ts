import { defineConfig } from 'sluice';

/**
 * Every page gets a banner, whoever makes it: npx sluice serve examples/banner/sluice.config.ts
 * Needs the package parse5-html-rewriting-stream.
 */
export default defineConfig({
  listen: '127.0.0.1:8080',
  serverName: 'localhost',
  documentRoot: './htdocs',
  directoryIndex: 'index.html',
  outputFilter: ['BANNER', './banner.ts'],
  // Compressed behind it, so that the banner is part of what is compressed.
  addOutputFilterByType: ['BANNER;DEFLATE', 'text/html'],
  sections: [
    { location: '/made', contentHandler: './made.ts' },
    { location: '/terms.html', setEnv: ['no-banner', '1'] },
  ],
});
