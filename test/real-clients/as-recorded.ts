import { expect } from "vitest";
import { readRecord, type RealApp } from "../../docs/real-apps/read-records.ts";
import type { RealAppRecord } from "../../docs/real-apps/record.ts";
import { appsOf, runSuite, type SuiteFolder } from "./suite.ts";

/** What must be the same each time; how many cases there are grows with the catalogue. */
function toldBy({ letIn, letInAsOther, wronglyRefused, refusedOtherwise, notTold }: RealAppRecord) {
  return { letIn, letInAsOther, wronglyRefused, refusedOtherwise, notTold };
}

async function recorded(app: RealApp) {
  return { app, ...toldBy(await readRecord(app)) };
}

/** Runs the suite against the apps of a folder and expects exactly what `docs/real-apps/` says. */
export async function expectAsRecorded(folder: SuiteFolder): Promise<void> {
  const records = await runSuite(folder);
  const told = records.map(({ app, ...record }) => ({ app, ...toldBy({ app, ...record }) }));
  const hint = `docs/real-apps/ says otherwise; if the run is right: node test/real-clients/record.ts ${folder} && npm run docs`;
  expect(told, hint).toEqual(await Promise.all(appsOf(folder).map(recorded)));
}
