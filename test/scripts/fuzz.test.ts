import { describe, expect, test } from "vitest";
import { runCampaign } from "../../scripts/fuzz/campaign.ts";
import { mutate } from "../../scripts/fuzz/mutate.ts";
import { makeRandom } from "../../scripts/fuzz/random.ts";
import type { Subject } from "../../scripts/fuzz/subject.ts";
import { subjects } from "../../scripts/fuzz/subjects.ts";

const COUNT = 300;
const ignore = (): void => undefined;

describe.each(Object.entries(subjects))("%s", (_kind, makeSubject) => {
  test("no mutant is taken for the original", async () => {
    const tally = await runCampaign(await makeSubject(), makeRandom(7), COUNT, ignore);
    expect(tally.complaints).toEqual([]);
  });

  test("a judge that takes everything is found out", async () => {
    const subject = await makeSubject();
    const good = subject.mutant(makeRandom(1)).from.verdict;
    const evidence = good.evidence === undefined ? undefined : { ...good.evidence, subject: "mallory" };
    const credulous: Subject = {
      ...subject,
      judge: async () => await Promise.resolve({ ...good, evidence }),
    };
    const { complaints } = await runCampaign(credulous, makeRandom(7), COUNT, ignore);
    expect(complaints.length).toBeGreaterThan(COUNT / 2);
  });

  test("a judge that throws is found out", async () => {
    const subject = await makeSubject();
    const failing: Subject = { ...subject, judge: async () => await Promise.reject(new Error("planted")) };
    const { complaints } = await runCampaign(failing, makeRandom(7), 1, ignore);
    expect(complaints[0]?.complaint).toContain("planted");
  });
});

test("the same seed makes the same mutants, another one others", () => {
  const text = Buffer.from("some text, of which <b>every</b> mutant is made");
  const mutants = (seed: number): readonly string[] => {
    const random = makeRandom(seed);
    return Array.from({ length: 20 }, () => mutate(text, random, ["word"]).toString("latin1"));
  };
  expect(mutants(3)).toEqual(mutants(3));
  expect(mutants(3)).not.toEqual(mutants(4));
  expect(new Set(mutants(3)).size).toBeGreaterThan(15);
});
