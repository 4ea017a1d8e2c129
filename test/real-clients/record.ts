import { writeFile } from "node:fs/promises";
import { recordFile } from "../../docs/real-apps/read-records.ts";
import { appsOf, runSuite, SUITE_FOLDERS } from "./suite.ts";

/** Runs the suite against real apps and keeps what it told: those that are named, or all. */
const wanted = process.argv.slice(2);
for (const folder of SUITE_FOLDERS) {
  if (wanted.length > 0 && !wanted.includes(folder)) continue;
  const records = await runSuite(folder);
  for (const [index, app] of appsOf(folder).entries()) {
    const record = records[index];
    await writeFile(recordFile(app), `${JSON.stringify(record, undefined, 2)}\n`);
    process.stdout.write(`${app}: ${record?.passed} of ${record?.cases} passed\n`);
  }
}
