import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { CopiedPackage } from "./third-party.ts";

const manifestSchema = z.object({ name: z.string(), version: z.string(), license: z.string() });

type Named = Readonly<z.output<typeof manifestSchema>>;

/** @see https://github.com/package-url/purl-spec: the at sign of a scope is escaped */
function purlOf({ name, version }: Named): string {
  return `pkg:npm/${name.replace(/^@/, "%40")}@${version}`;
}

function licenseOf(license: string): Readonly<Record<string, unknown>> {
  if (/ (OR|AND|WITH) /.test(license)) return { expression: license };
  return { license: /^[\w.+-]+$/.test(license) ? { id: license } : { name: license } };
}

function componentOf(one: Named): Readonly<Record<string, unknown>> {
  const [, group, name] = /^(?:(@[^/]+)\/)?(.+)$/.exec(one.name) ?? [];
  const purl = purlOf(one);
  return {
    type: "library",
    "bom-ref": purl,
    ...(group === undefined ? {} : { group }),
    name,
    version: one.version,
    purl,
    licenses: [licenseOf(one.license)],
  };
}

/**
 * The bill of materials of the build: what was copied into it, which no audit of an installation sees. It holds no time,
 * so that the same sources make the same one.
 *
 * @param root folder of the package
 * @see CycloneDX 1.6
 */
export async function billOfMaterials(
  root: string,
  packages: readonly CopiedPackage[],
): Promise<Readonly<Record<string, unknown>>> {
  const own = manifestSchema.parse(JSON.parse(await readFile(join(root, "package.json"), "utf8")));
  const components = new Map(packages.map((one) => [purlOf(one), componentOf(one)]));
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { ...componentOf(own), type: "application" } },
    components: [...components.values()],
    dependencies: [
      { ref: purlOf(own), dependsOn: [...components.keys()] },
      ...[...components.keys()].map((ref) => ({ ref })),
    ],
  };
}
