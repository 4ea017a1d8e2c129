import { test } from "vitest";
import { expectAsRecorded } from "./as-recorded.ts";

test.each(["express-openid-connect", "passport-saml"] as const)(
  "the suite says of %s what docs/real-apps/ says",
  async (folder) => await expectAsRecorded(folder),
  300_000,
);
