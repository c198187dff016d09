import { defineConfig } from 'sluice';
import 'sluice-plugin-markdown';
import 'sluice-plugin-opentelemetry';
import 'sluice-plugin-rate-limit';

export default defineConfig({
  plugins: ['sluice-plugin-markdown', 'sluice-plugin-opentelemetry', 'sluice-plugin-rate-limit'],
  listen: 8080,
  documentRoot: './htdocs',
  directoryIndex: 'index.md',
  otelServiceName: 'notes',
  otelEndpoint: process.env['COLLECTOR'] ?? 'http://127.0.0.1:4318/v1/traces',
  rateLimitStore: process.env['RATE_LIMIT_STORE'] ?? 'memory',
  sections: [
    { location: '/notes', markdown: true, markdownLayout: './layout.html' },
    { location: '/login', rateLimit: ['2/1h', 'address', 'login'], contentHandler: './welcome.js' },
  ],
});
