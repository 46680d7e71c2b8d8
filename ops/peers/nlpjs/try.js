// Trains nlp.js and asks it about messages: node try.js < {"train": [[text, label], …], "test": [text, …]}
const { performance } = require('node:perf_hooks');
const { LangJa } = require('@nlpjs/lang-ja');
const { NlpManager } = require('node-nlp');

async function tried({ train, test }) {
  const manager = new NlpManager({ languages: ['ja'], autoSave: false, nlu: { log: false } });
  manager.container.use(LangJa);
  train.forEach(([text, label]) => manager.addDocument('ja', text, label));
  const began = performance.now();
  await manager.train();
  const trainSeconds = (performance.now() - began) / 1000;
  const modelBytes = Buffer.byteLength(manager.export(true));
  await manager.process('ja', 'はじめに');
  const guesses = [];
  const milliseconds = [];
  for (const text of test) {
    const started = performance.now();
    const { classifications } = await manager.process('ja', text);
    milliseconds.push(performance.now() - started);
    guesses.push(classifications[0].intent);
  }
  return { train_seconds: trainSeconds, model_bytes: modelBytes, guesses, milliseconds };
}

const chunks = [];
process.stdin.on('data', (chunk) => chunks.push(chunk));
process.stdin.on('end', async () => {
  const said = await tried(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  process.stdout.write(`${JSON.stringify(said)}\n`);
});
