// A Koa application with a Sluice pipeline inside: node examples/koa/app.mjs
import Koa from 'koa';
import { mount } from 'sluice';

export const app = new Koa();

app.use(async (context, next) => {
  context.set('X-Powered-By', 'Koa');
  await next();
});

app.use(
  mount({
    sections: [
      { location: '/sluice', contentHandler: (r) => `Koa says that the path is ${r.ctx.path}\n` },
      { location: '/sluice/closed', require: 'all denied' },
    ],
  }),
);

app.use((context) => {
  context.body = 'Nobody in the pipeline answered, so Koa does.\n';
});

if (process.argv[1] === import.meta.filename) {
  const port = Number(process.env['PORT'] ?? 8080);
  app.listen(port, () => console.log(`listening on http://localhost:${port}/`));
}
