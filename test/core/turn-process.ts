// A process of its own: what is thrown at the end of a turn is the process's.
import { atEndOfTurn } from '../../core/turn.ts';

process.on('uncaughtException', (error) => console.log(`thrown: ${error.message}`));
atEndOfTurn(() => {
  throw new Error('this one fails');
});
atEndOfTurn(() => console.log('done'));
