import { mkdir, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { runCampaign } from "./fuzz/campaign.ts";
import { makeRandom } from "./fuzz/random.ts";
import { subjects } from "./fuzz/subjects.ts";

const PROGRESS = 50_000;
const SHOWN = 10;

const { values } = parseArgs({
  options: {
    kind: { type: "string", default: "id-token" },
    count: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    /** Folder for the mutants that a complaint is about. */
    keep: { type: "string" },
  },
});

const makeSubject = Object.entries(subjects).find(([kind]) => kind === values.kind)?.[1];
if (makeSubject === undefined) {
  throw new Error(`--kind is ${values.kind}; it must be one of ${Object.keys(subjects).join(", ")}`);
}
const [count, seed] = [Number(values.count), Number(values.seed)];
const started = performance.now();
const tally = await runCampaign(await makeSubject(), makeRandom(seed), count, (index, { complaints }) => {
  if ((index + 1) % PROGRESS !== 0) return;
  process.stderr.write(`${index + 1} mutants, ${complaints.length} complaints\n`);
});
const seconds = (performance.now() - started) / 1000;

if (values.keep !== undefined) await mkdir(values.keep, { recursive: true });
for (const { index, complaint, bytes } of tally.complaints.slice(0, SHOWN)) {
  process.stdout.write(`mutant ${index}: ${complaint}\n`);
  if (values.keep !== undefined) await writeFile(`${values.keep}/${values.kind}-${seed}-${index}`, bytes);
}
process.stdout.write(
  `${values.kind}, seed ${seed}: ${count} mutants in ${seconds.toFixed(0)} s (${Math.round(count / seconds)}/s), ` +
    `${tally.verified} still verified, slowest answer ${tally.slowest.toFixed(0)} ms, ` +
    `${tally.complaints.length} complaints\n`,
);
process.exitCode = tally.complaints.length === 0 ? 0 : 1;
