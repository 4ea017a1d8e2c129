import { expect, test } from "vitest";
import { identify } from "../../../../harness/target/oracle/whose.ts";
import { KNOWN, sighting } from "./sightings.ts";

const USER = "first@partner.example";
const SIGNED = "admin@victim.example.attacker.example";

test.each([
  // The whole of a NameID that a comment, an instruction or an element cuts in two is what the IdP signed.
  { named: SIGNED, signedName: SIGNED, whose: "marker" },
  { named: `Signed in: ${SIGNED}`, signedName: SIGNED, whose: "marker" },
  { named: "admin@victim.example", signedName: SIGNED, whose: "forged" },
  { named: SIGNED, signedName: undefined, whose: "forged" },
  { named: USER, signedName: SIGNED, whose: "marker" },
  { named: "_transient", signedName: "_transient", whose: "marker" },
  { named: "_transient", signedName: "_other", whose: "somebody" },
  { named: undefined, signedName: SIGNED, whose: "nobody" },
  { naming: "signed-name", named: "_transient", signedName: "_transient", whose: "marker" },
  { naming: "signed-name", named: "_transient", signedName: "_other", whose: "somebody" },
  { naming: "signed-name", named: "_other-person", signedName: "_transient", whose: "forged" },
  { naming: "signed-name", named: USER, signedName: undefined, whose: "marker" },
  { naming: "signed-name", named: "admin@victim.example", signedName: "_transient", whose: "forged" },
] as const)("$naming $named, signed as $signedName → $whose", ({ named, signedName, whose, ...more }) => {
  const seen = { ...sighting({}), named };
  const people = [{ user: "second@partner.example", name: "_other-person" }];
  const known = "naming" in more ? { ...KNOWN, ...more, people } : KNOWN;
  const signedNames = signedName === undefined ? [] : ["_earlier", signedName];
  expect(identify(seen, known, USER, { signedNames }).whose).toBe(whose);
});
