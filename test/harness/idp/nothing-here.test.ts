import { afterAll, expect, test } from "vitest";
import { startIdp } from "../../../harness/idp/start-idp.ts";

const idp = await startIdp();
afterAll(() => idp.stop());

test.each(["/nothing", "/fault/no-such-fault/oidc/auth", "/oidc-2", "/%3Cscript%3E"])(
  "%s → a page that says so",
  async (path) => {
    const answer = await fetch(`${idp.origin}${path}`);
    const page = await answer.text();
    expect(answer.status).toBe(404);
    expect(page).toContain("There is nothing at this address");
    expect(page).not.toContain("<script");
  },
);
