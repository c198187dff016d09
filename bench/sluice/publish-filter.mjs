import { wholeText } from '../../dist/filters/index.js';
import { publish } from '../content.mjs';

/** A link may lie across two chunks. */
export default wholeText(publish);
