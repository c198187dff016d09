import { htmlRewriter } from 'sluice/filters';

const text = 'The shop is closed on Monday.';

/** Puts a banner at the top of every page, and marks links that lead away. */
export default htmlRewriter({
  head: (element) => element.append('<style>.banner { background: gold; padding: 1em }</style>'),
  body: (element, r) => {
    if (!r.env.has('no-banner')) element.prepend(`<p class="banner">${text}</p>`);
  },
  'a[href^="http"]': (element) => element.setAttribute('rel', 'external'),
});
