import { parseArgs } from "node:util";
import { soak } from "./soak/measure.ts";

/** Memory at the end may be this many times that at half-way. */
const BAR = 1.15;

const { values } = parseArgs({ options: { count: { type: "string", default: "10000" } } });
const count = Number(values.count);
if (!Number.isInteger(count) || count < 2)
  throw new Error(`--count is ${values.count}; it must be 2 at least`);

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}

const { halfWay, end, seconds } = await soak(count);
const ratio = end.used / halfWay.used;
process.stdout.write(
  `${count} sign-ins, half OIDC and half SAML, in ${seconds.toFixed(0)} s (${Math.round(count / seconds)}/s): ` +
    `${megabytes(halfWay.used)} in use half-way, ${megabytes(end.used)} at the end, ${ratio.toFixed(2)} times ` +
    `(at most ${BAR}); resident ${megabytes(halfWay.resident)} and ${megabytes(end.resident)}\n`,
);
process.exitCode = ratio <= BAR ? 0 : 1;
