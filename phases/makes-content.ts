import type { Config } from '../core/config/directive.ts';

/** True where the config says who makes the content: file and folder behind the URL, if any, are that handler's business. */
export function makesContent(config: Config): boolean {
  return config.setHandler !== undefined || hasContentHandler(config);
}

/** The same for functions only: a plugin's handler, named by SetHandler, may well want the index of a folder. */
export function hasContentHandler(config: Config): boolean {
  return (
    config.contentHandler !== undefined || config.handlerModule.some(({ handlers }) => handlers.has('contentHandler'))
  );
}
