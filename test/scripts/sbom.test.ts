import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { billOfMaterials } from "../../scripts/sbom.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

function copied(name: string, license: string) {
  return { folder: `/node_modules/${name}`, name, version: "1.2.3", license };
}

test.each([
  ["zebra", "MIT", { purl: "pkg:npm/zebra@1.2.3", name: "zebra", licenses: [{ license: { id: "MIT" } }] }],
  ["@scope/ant", "(MIT OR CC0-1.0)", { purl: "pkg:npm/%40scope/ant@1.2.3", group: "@scope", name: "ant" }],
  ["ant", "(MIT OR CC0-1.0)", { licenses: [{ expression: "(MIT OR CC0-1.0)" }] }],
  ["ant", "MIT License", { licenses: [{ license: { name: "MIT License" } }] }],
])("%s under %s is named as CycloneDX has it", async (name, license, expected) => {
  const bill = await billOfMaterials(root, [copied(name, license)]);
  expect(bill).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6", components: [expected] });
});

test("a package of which there are two copies of one version is told once, and we are what depends on it", async () => {
  const bill = await billOfMaterials(root, [copied("one", "MIT"), copied("one", "MIT")]);
  expect(bill["components"]).toHaveLength(1);
  expect(bill["metadata"]).toMatchObject({ component: { type: "application", name: "mfa-harness" } });
  expect(bill["dependencies"]).toMatchObject([
    { dependsOn: ["pkg:npm/one@1.2.3"] },
    { ref: "pkg:npm/one@1.2.3" },
  ]);
});
