import type { Config } from '../core/config/directive.ts';

/** True where the config says who makes the content: file and folder behind the URL, if any, are that handler's business. */
export function makesContent(config: Config): boolean {
  return (
    config.contentHandler !== undefined ||
    config.setHandler !== undefined ||
    config.handlerModule.some(({ handlers }) => handlers.has('contentHandler'))
  );
}
