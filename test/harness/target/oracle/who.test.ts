import { describe, expect, test } from "vitest";
import { namingOf, readWho, whoseIs } from "../../../../harness/target/oracle/who.ts";

describe("who is signed in", () => {
  test.each([
    { html: "<b id=u> a@x </b>", place: { selector: "#u" }, name: "a@x" },
    { html: "<b id=u></b>", place: { selector: "#u" }, name: undefined },
    { html: "<b>a@x</b>", place: { selector: "#u" }, name: undefined },
    { html: "<b id=u><!-- a@x --></b>", place: { selector: "#u" }, name: undefined },
    { html: "<input id=u type=hidden value=a@x>", place: { selector: "#u" }, name: "a@x" },
    { html: "<meta name=user content=a@x>", place: { selector: "meta[name=user]" }, name: "a@x" },
    { html: '<script id=u>{"user":"a@x"}</script>', place: { selector: "#u" }, name: '{"user":"a@x"}' },
    { html: '{"user":{"name":"a@x"}}', place: { json: "/user/name" }, name: "a@x" },
    {
      html: '<html><body><pre>{"user":{"name":"a@x"}}</pre></body></html>',
      place: { json: "/user/name" },
      name: "a@x",
    },
    { html: '{"user":null}', place: { json: "/user" }, name: undefined },
    { html: "not json", place: { json: "/user" }, name: undefined },
    { html: "<p>Hello a@x!</p>", place: { regex: "Hello (\\S+)!" }, name: "a@x" },
    { html: "<script>var s = 'Hello a@x!'</script>", place: { regex: "Hello (\\S+)!" }, name: undefined },
  ])("$html → $name", ({ html, place, name }) => {
    expect(readWho(html, place)).toBe(name);
  });

  test.each([
    { name: undefined, whose: "nobody" },
    { name: "a@x.example", whose: "marker" },
    { name: "Agent Seven <a@x.example>", whose: "marker" },
    { name: '{"user":"a@x.example"}', whose: "marker" },
    { name: "a@x.example.evil", whose: "forged" },
    { name: "ba@x.example", whose: "forged" },
    { name: "A@X.example", whose: "forged" },
    { name: "Access denied", whose: "somebody" },
    { name: "a@x.example, b@x.example", whose: "somebody" }, // a list: whoever stands on it is not signed in for that
  ])("$name → $whose", ({ name, whose }) => {
    expect(whoseIs(name, "a@x.example")).toBe(whose);
  });

  test.each([
    { names: ["ann@x", "bob@x"], naming: "address" },
    { names: ["Ann <ann@x>", "Bob <bob@x>"], naming: "address" },
    { names: ["ANN@X", "BOB@X"], naming: "address-in-any-case" },
    { names: ["A.", "B."], naming: "own-name" },
    { names: ["_1", "_2"], signed: ["_1", "_2"], naming: "signed-name" },
    { names: ["_1", "_2"], signed: ["_1", "_3"], naming: "own-name" },
    { names: ["ann@x", "bob@x"], signed: ["_1", "_2"], naming: "address" },
    { names: ["Sign out", "Sign out"], naming: "same-for-all" },
    { names: ["ann@x", "ann@x"], naming: undefined }, // the first for ever
    { names: ["ann@x", undefined], naming: undefined },
    { names: ["ann@x", "ann@x bob@x"], naming: undefined }, // a list that grows
  ])("$names, signed as $signed → $naming", ({ names, signed, naming }) => {
    const people = names.map((name, index) => {
      const user = index === 0 ? "ann@x" : "bob@x";
      return { user, name, signedNames: signed?.slice(index, index + 1) ?? [] };
    });
    expect(namingOf(people)).toBe(naming);
  });
});
