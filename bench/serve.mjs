// A contender's process: node serve.mjs CONTENDER WORKLOAD PORT
const [contender, workload = '', port] = process.argv.slice(2);

// Whatever becomes of the parent, this process doesn't outlive it.
process.once('disconnect', () => process.exit());

const { serve } = await import(`./contenders/${contender}.mjs`);
await serve(workload, Number(port));
