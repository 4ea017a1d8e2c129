import { proveWorth, type Validate } from "./control.ts";
import type { Measured } from "./goal.ts";
import { exponentOf, timeAll, timesText } from "./growth.ts";
import { race } from "./race.ts";
import { makeTokenBench, tamperToken, type TokenBench } from "./token-samples.ts";

const METHODS = ["pwd", "otp", "mfa"];
const AMR_LENGTHS = [1000, 3162, 10_000, 31_623, 100_000];
const ROUNDS = 7;

/** Goals 1 and 2: a full judgement of an ID token against jose's `jwtVerify`, and what a long `amr` costs. */
export async function measureIdToken(now: number): Promise<readonly Measured[]> {
  const bench = await makeTokenBench(now);
  const subjects = Array.from({ length: 64 }, (_, serial) => `user-${serial}`);
  // Tokens differ, so that nobody gains by remembering an answer.
  const tokens = await Promise.all(subjects.map(async (subject) => await bench.sign(subject, METHODS)));
  const tampered = tamperToken(tokens[0] ?? "");
  await proveWorth("our judge", bench.ours, tokens[0] ?? "", tampered);
  await proveWorth("jose", bench.jose, tokens[0] ?? "", tampered);
  return [
    await measureRate(1, tokens, bench),
    await measureRate(16, tokens, bench),
    ...(await measureAmr(bench)),
  ];
}

async function measureRate(
  inFlight: number,
  tokens: readonly string[],
  bench: TokenBench,
): Promise<Measured> {
  let next = 0;
  const batch = async (validate: Validate): Promise<void> => {
    const chosen = Array.from({ length: inFlight }, () => tokens[(next += 1) % tokens.length] ?? "");
    await Promise.all(chosen.map(validate));
  };
  const rates = await race(
    async () => await batch(bench.ours),
    async () => await batch(bench.jose),
  );
  return {
    goal: `1 ID token, full judgement, ${inFlight} in flight`,
    peer: "jose jwtVerify",
    ratio: rates.ours / rates.theirs,
    must: { bar: 0.9, better: "more" },
    figures: `${Math.round(rates.ours * inFlight)}/s against ${Math.round(rates.theirs * inFlight)}/s`,
  };
}

async function measureAmr(bench: TokenBench): Promise<readonly Measured[]> {
  const samples = await Promise.all(
    AMR_LENGTHS.map(async (size) => {
      const methods = Array.from({ length: size - 1 }, (_, serial) => `method-${serial}`);
      return { size, token: await bench.sign("user", [...methods, "mfa"]) };
    }),
  );
  const timed = async (validate: Validate) =>
    await timeAll(
      samples.map(({ size, token }) => ({ size, task: async () => await validate(token) })),
      ROUNDS,
    );
  const [ours, theirs] = [await timed(bench.ours), await timed(bench.jose)];
  const [longest, theirLongest] = [ours.at(-1), theirs.at(-1)];
  return [
    {
      goal: "2 `amr` of 1 000 to 100 000 values, exponent of growth",
      peer: "ours",
      ratio: exponentOf(ours),
      must: { bar: 1.25, better: "less" },
      figures: timesText(ours),
    },
    {
      goal: "2 `amr` of 100 000 values, time",
      peer: "jose jwtVerify",
      ratio: (longest?.milliseconds ?? Number.NaN) / (theirLongest?.milliseconds ?? Number.NaN),
      figures: `${timesText(ours.slice(-1))} against ${timesText(theirs.slice(-1))}`,
    },
  ];
}
