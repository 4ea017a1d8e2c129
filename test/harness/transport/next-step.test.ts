import { expect, test } from "vitest";
import { readNextStep } from "../../../harness/transport/next-step.ts";

const ENTRY = { idpOrigin: "http://127.0.0.1:1", user: "agent@partner.example", choice: "offer-1" };
const IDP_PAGE = new URL("http://127.0.0.1:1/sign-in");
const APP_PAGE = new URL("http://127.0.0.1:2/app");
const SIGN_IN = `<form method="post" data-mfa-harness="sign-in"><input name="user" value="x"></form>`;

function read(html: string, page: URL): string {
  const step = readNextStep(html, page, ENTRY);
  if (step.kind === "rest") return step.scripted ? "rest with scripts" : "rest";
  return `${step.kind} ${step.request.method} ${step.request.url.href} ${step.request.body ?? "-"}`;
}

test("the IdP's sign-in form is filled in", () => {
  expect(read(SIGN_IN, IDP_PAGE)).toBe(
    "sign-in POST http://127.0.0.1:1/sign-in user=agent%40partner.example&emission=offer-1&action=sign-in",
  );
});

test.each([
  { title: "the same form elsewhere", html: SIGN_IN, step: "rest" },
  { title: "a form without the mark", html: `<form><input name="user"></form>`, step: "rest" },
  {
    title: "a form marked to be posted",
    html: `<form method="post" action="/acs" data-mfa-harness="post"><input name="a" value="1"></form><form></form>`,
    step: "move POST http://127.0.0.1:2/acs a=1",
  },
  {
    title: "a form that its script submits",
    html: `<form method="post" action="/acs"></form><script>document.forms[0].submit()</script>`,
    step: "move POST http://127.0.0.1:2/acs ",
  },
  {
    title: "a form that the body submits",
    html: `<body onload="document.forms[0].submit()"><form method="post" action="/acs"></form></body>`,
    step: "move POST http://127.0.0.1:2/acs ",
  },
  {
    title: "two forms and a script that submits one: nobody knows which",
    html: `<form></form><form></form><script>document.forms[0].submit()</script>`,
    step: "rest with scripts",
  },
  {
    title: "a form and a script that does not submit it",
    html: `<form></form><script>document.title = "x"</script>`,
    step: "rest with scripts",
  },
  {
    title: "a meta refresh",
    html: `<meta http-equiv="Refresh" content="0; URL='/next?a=1&amp;b=2'">`,
    step: "move GET http://127.0.0.1:2/next?a=1&b=2 -",
  },
  {
    title: "a meta refresh without a target",
    html: `<meta http-equiv="refresh" content="5">`,
    step: "move GET http://127.0.0.1:2/app -",
  },
  {
    title: "a page that is refreshed every minute",
    html: `<meta http-equiv="refresh" content="60; url=/app">`,
    step: "rest",
  },
  { title: "a meta refresh that says nothing", html: `<meta http-equiv="refresh" content="">`, step: "rest" },
  { title: "comments without end", html: "<!--".repeat(2_000_000), step: "rest" },
  { title: "elements without end", html: "<div>".repeat(100_000), step: "rest" },
  { title: "an empty page", html: "", step: "rest" },
])("$title → $step", ({ html, step }) => {
  expect(read(html, APP_PAGE)).toBe(step);
});
