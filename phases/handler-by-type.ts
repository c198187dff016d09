import { DECLINED } from '../core/verdict.ts';
import type { PhaseHook } from '../core/plugin.ts';

/** Gives files of a content type to a handler, for configs that name it by AddType, as Apache has done before AddHandler. */
export function handlerByType(type: string, handler: string): PhaseHook<'fixup'> {
  return {
    order: 'first',
    pure: true,
    when: ({ addType, forceType }) => forceType === type || [...addType.values()].some((info) => info.type === type),
    handler: function setHandlerByType(r) {
      if (r.handler === undefined && r.contentType === type) r.handler = handler;
      return DECLINED;
    },
  };
}
