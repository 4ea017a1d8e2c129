import { describe, expect, test } from "vitest";
import type { Channel } from "../../../../src/artifact.ts";
import { evidenceRows } from "../../../../src/rules/matrix/evidence.ts";
import { rulesIn } from "../../../../src/rules/matrix/matrix-row.ts";
import { messageRows } from "../../../../src/rules/matrix/message.ts";
import { timeRows } from "../../../../src/rules/matrix/time.ts";
import { CHECKS } from "./break.ts";
import { EVIDENCE_BREAKS } from "./evidence-breaks.ts";
import { MESSAGE_BREAKS } from "./message-breaks.ts";
import { TIME_BREAKS } from "./time-breaks.ts";

// A cell of the matrix names rules; here each of them is broken, so that a rule in the wrong row shows.

const CHANNELS: readonly Channel[] = ["oidc", "partner-api", "saml", "wsfed", "eam"];
const BREAKS = { ...MESSAGE_BREAKS, ...TIME_BREAKS, ...EVIDENCE_BREAKS };
const ROWS = [...messageRows, ...timeRows, ...evidenceRows];

test("no break is of a requirement that there is not", () => {
  const named = ROWS.map(({ what }) => what);
  expect(Object.keys(BREAKS).filter((what) => !named.includes(what))).toEqual([]);
});

describe.each(CHANNELS)("%s", (channel) => {
  test("the sample breaks nothing", async () => {
    expect(await CHECKS[channel]({})).toEqual([]);
  });
  if (channel === "wsfed") {
    test("the sample of SAML 2.0 breaks nothing", async () => {
      expect(await CHECKS.wsfed({ saml2: true })).toEqual([]);
    });
  }

  const own = ROWS.filter((row) => rulesIn(row, channel).length > 0);
  test.each(own)("$what", async (row) => {
    const rules = rulesIn(row, channel);
    const found = new Set<string>();
    for (const each of BREAKS[row.what]?.[channel] ?? []) {
      const broken = await CHECKS[channel](each);
      expect(broken.filter((id) => rules.includes(id))).not.toEqual([]);
      for (const id of broken) found.add(id);
    }
    expect(rules.filter((id) => !found.has(id))).toEqual([]);
  });
});
