import { describe, expect, test } from "vitest";
import { loadScenarios } from "../../../harness/scenario/load.ts";
import { matrixDocuments } from "../../../harness/scenario/matrix.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("the documents of a matrix", () => {
  const matrix = { a: [1, 2], b: [{ x: "p" }, { x: "q" }] };

  test.each([
    { document: { id: "plain" }, made: [{ value: { id: "plain" }, label: "" }] },
    {
      document: { matrix: { a: ["one", "two words"] }, t: "say ${{ a }}", v: "${{ a }}" },
      made: [
        { value: { t: "say one", v: "one" }, label: "[a=one]" },
        { value: { t: "say two words", v: "two words" }, label: "[a=two_words]" },
      ],
    },
    {
      document: { matrix, deep: [{ n: "${{ a }}" }, "${{b.x}}", "x${{ b }}"] },
      made: [
        { value: { deep: [{ n: 1 }, "p", 'x{"x":"p"}'] }, label: "[a=1,b=1]" },
        { value: { deep: [{ n: 1 }, "q", 'x{"x":"q"}'] }, label: "[a=1,b=2]" },
        { value: { deep: [{ n: 2 }, "p", 'x{"x":"p"}'] }, label: "[a=2,b=1]" },
        { value: { deep: [{ n: 2 }, "q", 'x{"x":"q"}'] }, label: "[a=2,b=2]" },
      ],
    },
    {
      document: { matrix: { a: [1] }, v: "${{ other }}", w: "${{ a.constructor }}" },
      made: [{ value: { v: "${{ other }}", w: "${{ a.constructor }}" }, label: "[a=1]" }],
    },
  ])("$document", ({ document, made }) => {
    expect([...matrixDocuments(document)]).toEqual(made);
  });

  test("pairwise: every two values meet, in fewer documents than all combinations", () => {
    const values = ["0", "1", "2", "3"];
    const names = ["a", "b", "c", "d"];
    const document = {
      combine: "pairwise",
      matrix: Object.fromEntries(names.map((name) => [name, values])),
      row: names.map((name) => `\${{ ${name} }}`),
    };
    const rows = [...matrixDocuments(document)].map(({ value }) => JSON.stringify(value));
    expect(rows.length).toBeLessThan(40);
    const met = new Set(
      rows.flatMap((row) => {
        const digits = row.match(/\d/g) ?? [];
        return digits.flatMap((one, i) =>
          digits.slice(i + 1).map((two, j) => `${i}${one} ${i + 1 + j}${two}`),
        );
      }),
    );
    expect(met.size).toBe(6 * 16);
  });
});

const FILE = `id: many
title: amr is \${{ amr.value }}
why: because
references: [RFC 8176 §1]
matrix:
  amr:
    - { value: [pwd], findings: [oidc.amr.mfa-absent] }
    - { value: mfa, findings: [oidc.amr.malformed] }
  key: [published, stranger]
emission:
  channel: oidc
  profile: password-and-otp
  key: \${{ key }}
  patch: [{ op: set, path: /idToken/claims/amr, value: "\${{ amr.value }}" }]
transport: [direct]
expect: { verdict: non-compliant, findings: "\${{ amr.findings }}" }
`;

test("a file with a matrix becomes a scenario for each combination", async () => {
  await using folder = await temporaryFolder({ "many.yaml": FILE });
  const scenarios = await loadScenarios([folder.path]);
  expect(scenarios.map(({ id }) => id)).toEqual([
    "many[amr=1,key=published]",
    "many[amr=1,key=stranger]",
    "many[amr=2,key=published]",
    "many[amr=2,key=stranger]",
  ]);
  expect(scenarios.at(-1)).toMatchObject({
    title: "amr is mfa",
    emission: { key: "stranger", patch: [{ value: "mfa" }] },
    expect: { findings: ["oidc.amr.malformed"] },
  });
});

test("a mistake is told once, at its place in the file", async () => {
  await using folder = await temporaryFolder({
    "many.yaml": FILE.replace("[published, stranger]", "[a, b]"),
  });
  await expect(loadScenarios([folder.path])).rejects.toMatchObject({
    message: expect.stringMatching(/^\S+many\.yaml:13:8 emission\.key: Invalid option: [^\n]+$/) as unknown,
  });
});
