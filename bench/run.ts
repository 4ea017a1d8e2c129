import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { measureIdpStart, measureRunStart } from "./cold-start.ts";
import { measuredLine } from "./goal.ts";
import { measureIdToken } from "./id-token.ts";
import { measureSamlResponse } from "./saml-response.ts";

const measured = [
  ...(await measureIdToken()),
  await measureSamlResponse(),
  await measureIdpStart(),
  await measureRunStart(),
];

const text = `# Bench

Ratios of figures measured in one run, ours divided by the peer's; absolute figures are for orientation only.
Node ${process.version}, ${cpus().length} cores. Made by \`npm run bench\`.

| goal | peer | ratio | must |  | figures |
| --- | --- | --- | --- | --- | --- |
${measured.map(measuredLine).join("\n")}
`;
await writeFile(new URL("RESULTS.md", import.meta.url), text);
process.stdout.write(text);
