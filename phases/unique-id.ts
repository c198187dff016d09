import type { Context } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED } from '../core/verdict.ts';
import { makeUniqueId } from './unique-id/make-unique-id.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Whether every request gets an id of its own in the variable UNIQUE_ID, which is also that of the logs. */
    uniqueId: Directive<boolean>;
  }
}

const contexts: readonly Context[] = ['server config', 'virtual host'];

/** Gives every request an id that no other one has, on this machine or another. */
export const uniqueId = definePlugin({
  name: 'unique_id',
  aliases: ['mod_unique_id', 'unique_id_module'],
  directives: {
    UniqueId: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether requests get the variable UNIQUE_ID; the target of an internal redirect keeps that of the request.',
      contexts,
      default: false,
    },
  },
  whenLoaded: [['UniqueId', 'On']],
  phases: {
    postReadRequest: {
      order: 'first',
      before: ['headers', 'setenvif'],
      handler: identify,
      when: (config) => config.uniqueId,
      pure: true,
    },
  },
});

function identify(r: RequestRecord): typeof DECLINED {
  const id = r.prev?.env.get('UNIQUE_ID') ?? makeUniqueId();
  r.env.set('UNIQUE_ID', id);
  r.logId = id;
  return DECLINED;
}
