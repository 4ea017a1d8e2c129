import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";
import { referencesOf } from "../../../../harness/cli/judge/references.ts";
import { verdictsJson, verdictsText } from "../../../../harness/cli/judge/verdict-text.ts";
import { findArtifacts, judgeAccessToken, policies, rules } from "../../../../src/index.ts";

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

const token = `${part({ alg: "RS256" })}.${part({ ver: "1.0", scp: "x", oid: "o", amr: ["pwd"] })}.AAAA`;
const verdict = await judgeAccessToken(token, policies["partner-api"], 0);
const found = findArtifacts(token).slice(0, 1);
const judged = found.map((one) => ({ found: one, verdict }));

const RFC = { text: "RFC 8176 §2", url: "https://www.rfc-editor.org/rfc/rfc8176#section-2" };

test("a finding says where its rule is written, then which requirements are at stake", () => {
  const [first, ...others] = referencesOf("partner-api.amr.mfa-absent");
  expect(first).toEqual(RFC);
  expect(others.map(({ text }) => text)).toEqual(["PSR-033", "PSR-036", "PSR-083", "PSR-096", "PSX-02"]);
});

test("nothing is known of a rule that there is not", () => {
  expect(referencesOf("partner-api.amr.tired")).toEqual([]);
});

test.each(rules)("$id: every page of ours is a file with the heading", ({ id }) => {
  const own = referencesOf(id).filter(({ url }) => url?.startsWith("https://") !== true);
  for (const { text, url = "" } of own) {
    const file = fileURLToPath(url.split("#")[0] ?? "");
    expect(existsSync(file) && readFileSync(file, "utf8").includes(`\n### ${text}\n`), `${text} ${url}`).toBe(
      true,
    );
  }
});

test("the text has a line for each, the JSON a list", () => {
  expect(judged).toHaveLength(1);
  expect(verdictsText(judged, 0)).toContain(`\n  see: ${RFC.text} ${RFC.url}\n  see: PSR-033 file://`);
  const json = verdictsJson([{ file: "a.jwt", judged, now: 0 }]);
  const shape = z.object({
    findings: z.array(z.object({ rule: z.string(), references: z.array(z.unknown()) })),
  });
  const { findings } = shape.parse(JSON.parse(json));
  expect(findings.length).toBeGreaterThan(0);
  for (const { rule, references } of findings) expect(references).toEqual(referencesOf(rule));
});
