import { DECLINED, OK, defineConfig, definePlugin } from 'sluice';

// Each of these is a mistake that must not compile.

// @ts-expect-error -- an unknown directive
defineConfig({ documentRot: './htdocs' });
// @ts-expect-error -- a value of the wrong type
defineConfig({ keepAlive: 'perhaps' });
// @ts-expect-error -- 200 is no verdict
defineConfig({ contentHandler: () => 200 });
// @ts-expect-error -- a handler that returns nothing
defineConfig({ sections: [{ location: '/', contentHandler: () => undefined }] });
// @ts-expect-error -- an asynchronous one
defineConfig({ sections: [{ location: '/', contentHandler: async () => {} }] });
// @ts-expect-error -- only the content phase takes a body
defineConfig({ sections: [{ location: '/', accessHandler: () => 'text' }] });
// @ts-expect-error -- a section of two kinds
defineConfig({ sections: [{ location: '/', files: '*.txt' }] });
// @ts-expect-error -- an unknown phase
definePlugin({ name: 'wrong', phases: { athenticate: () => OK } });
// @ts-expect-error -- a hook with an unknown place
definePlugin({ name: 'wrong', phases: { fixup: { order: 'early', handler: () => DECLINED } } });
// @ts-expect-error -- a directive that no interface declares
definePlugin({ name: 'wrong', directives: { Undeclared: { takes: 'one', usage: 'x', help: 'x', contexts: [] } } });
