import { expect, test } from "vitest";
import { ensureChromium, type InstallStep } from "./chromium.ts";

/** Steps that note being run; `installs` makes the browser appear. */
function makeSteps(behaviours: readonly ("installs" | "fails" | "helps-not" | "unusable")[]) {
  const ran: string[] = [];
  let browser: string | undefined;
  const steps = behaviours.map((behaviour, index): InstallStep => ({
    command: `step ${index}`,
    usable: behaviour !== "unusable",
    run: async () => {
      ran.push(`step ${index}`);
      if (behaviour === "installs") browser = "/somewhere/chromium";
      if (behaviour === "fails") throw new Error("no network");
    },
  }));
  return { ran, steps, find: () => Promise.resolve(browser) };
}

test.each([
  { behaviours: ["installs", "installs"] as const, ran: ["step 0"] },
  { behaviours: ["fails", "installs"] as const, ran: ["step 0", "step 1"] },
  { behaviours: ["helps-not", "installs"] as const, ran: ["step 0", "step 1"] },
  { behaviours: ["unusable", "installs"] as const, ran: ["step 1"] },
])("$behaviours → runs $ran and has a browser", async ({ behaviours, ran }) => {
  const made = makeSteps(behaviours);
  expect(await ensureChromium(made.find, made.steps)).toBe("/somewhere/chromium");
  expect(made.ran).toEqual(ran);
});

test("with a browser there nothing is installed", async () => {
  const made = makeSteps(["installs"]);
  expect(await ensureChromium(() => Promise.resolve("/usr/bin/chromium"), made.steps)).toBe(
    "/usr/bin/chromium",
  );
  expect(made.ran).toEqual([]);
});

test("without any browser one sentence says what to do", async () => {
  const made = makeSteps(["fails", "helps-not"]);
  await expect(ensureChromium(made.find, made.steps)).rejects.toThrow(
    "none was found and `step 0` and `step 1` did not help; install one, or name it in MFA_HARNESS_BROWSER.",
  );
});
