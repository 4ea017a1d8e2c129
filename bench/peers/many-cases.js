// What goal 10 measures: mint, judge, compare and report many cases in one process, as `run` does. Argument: how many.
import { closeSync, openSync, writeSync } from "node:fs";
import { planCases, run, startReferenceTargets } from "../../dist/harness/index.js";

const count = Number(process.argv[2]);
const file = openSync("/dev/null", "w");
// As the reporter jsonl writes it.
const report = (event) => void writeSync(file, `${JSON.stringify(event)}\n`);
const profiles = ["password-and-otp", "password-only"];
const cases = Array.from({ length: count }, (_, index) => {
  const good = index % 2 === 0;
  const scenario = {
    id: `case-${index}`,
    title: "one of many",
    why: "to measure",
    references: ["goal 10"],
    covers: [],
    issuer: "shared",
    steps: ["sign-in"],
    transport: ["direct"],
    emission: {
      channel: "oidc",
      profile: profiles[index % 2],
      patch: [],
      tamper: [],
      key: "published",
      ignore: [],
    },
    expect: good
      ? { verdict: "compliant", findings: [] }
      : { verdict: "non-compliant", findings: ["oidc.amr.mfa-absent"] },
  };
  return { id: `case-${index}/direct/library`, scenario, transport: "direct", target: "library" };
});
const started = performance.now();
let failed = 0;
await using running = await startReferenceTargets(cases);
await run({
  plan: planCases(cases, {}),
  scenarios: [],
  notRun: 0,
  targets: running.targets,
  trust: running.trust,
  workers: 8,
  signal: new AbortController().signal,
  now: () => Math.floor(Date.now() / 1000),
  onEvent: (event) => {
    if (event.type === "case-end" && event.result.outcome.status !== "pass") failed += 1;
    report(event);
  },
});
closeSync(file);
if (failed > 0) throw new Error(`${failed} of ${count} cases did not pass`);
process.stdout.write(`${performance.now() - started} ${process.resourceUsage().maxRSS / 1024}\n`);
