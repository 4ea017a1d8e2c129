import { expect, test } from "vitest";
import { appDefinition } from "../../../../harness/target/definition/app.ts";

test.each([
  { selector: "#who > b[data-user]", says: undefined },
  { selector: "[[", says: "expected a CSS selector" },
  { selector: ":not(", says: "expected a CSS selector" },
])("$selector says $says", ({ selector, says }) => {
  const app = { kind: "app", channels: ["oidc"], start: "http://127.0.0.1:3000/", signedIn: { selector } };
  const told = [{}, { refused: { selector } }, { press: [selector] }].map(
    (more) => appDefinition.safeParse({ ...app, ...more }).error?.issues[0]?.message,
  );
  expect(told).toEqual([says, says, says]);
});
