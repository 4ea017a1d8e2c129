import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findArtifacts } from "../../../src/find/find-artifacts.ts";

const corpus = process.env["MFA_HARNESS_CORPUS"];
const filesIn = (folder: string): readonly string[] =>
  corpus === undefined ? [] : readdirSync(join(corpus, folder)).map((name) => join(corpus, folder, name));

// A corpus of good and bad artifacts: whatever is wrong with one, it has to be found to be judged.
describe.skipIf(corpus === undefined)("in the corpus (MFA_HARNESS_CORPUS names its folder)", () => {
  test.each(filesIn("jwt"))("%s", (file) => {
    const token = readFileSync(file, "utf8").trim();
    const inForm = `state=1&id_token=${encodeURIComponent(token)}`;
    expect(findArtifacts(`${token}\n`)).toMatchObject([{ artifact: token, at: "" }]);
    expect(findArtifacts(inForm)).toEqual([{ kind: "id-token", artifact: token, at: "id_token" }]);
  });

  test.each(filesIn("saml"))("%s", (file) => {
    const bytes = readFileSync(file);
    const xml = bytes.toString("utf8").replace(/^\uFEFF/, "");
    const kind = "saml-response";
    expect(findArtifacts(xml)).toEqual([{ kind, artifact: xml.trim(), at: "" }]);
    const inForm = `SAMLResponse=${encodeURIComponent(bytes.toString("base64"))}`;
    const [found, second] = findArtifacts(inForm);
    expect({ kind: found?.kind, at: found?.at, second }).toEqual({
      kind,
      at: "SAMLResponse",
      second: undefined,
    });
    const artifact = found?.artifact ?? "";
    expect(artifact instanceof Uint8Array ? Buffer.from(artifact).toString("utf8") : artifact).toBe(xml);
  });
});
