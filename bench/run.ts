import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { measureBrowser } from "./browser.ts";
import { measureCommandLine, measureIdpStart } from "./cold-start.ts";
import { measuredLine } from "./goal.ts";
import { measureIdToken } from "./id-token.ts";
import { measureInstall } from "./install.ts";
import { measureManyCases } from "./many-cases.ts";
import { measureSamlGrowth } from "./saml-growth.ts";
import { measureSamlResponse } from "./saml-response.ts";
import { measureSignIns } from "./sign-ins.ts";
import { measureSoak } from "./soak.ts";

const now = Math.floor(Date.now() / 1000);
const measured = [
  ...(await measureIdToken(now)),
  ...(await measureSamlResponse(now)),
  ...(await measureSamlGrowth(now)),
  ...(await measureManyCases()),
  ...(await measureSignIns()),
  ...(await measureBrowser()),
  ...(await measureSoak()),
  ...(await measureIdpStart()),
  ...(await measureCommandLine(now)),
  ...(await measureInstall()),
];

const text = `# Bench

Ratios of figures measured in one run, ours divided by the peer's, or exponents of growth; absolute figures are for
orientation only. Every validator proves before its race that it refuses a tampered message.
Node ${process.version}, ${cpus().length} cores. Made by \`npm run bench\`.

| goal | peer | figure | must |  | figures |
| --- | --- | --- | --- | --- | --- |
${measured.map(measuredLine).join("\n")}
`;
await writeFile(new URL("RESULTS.md", import.meta.url), text);
process.stdout.write(text);
