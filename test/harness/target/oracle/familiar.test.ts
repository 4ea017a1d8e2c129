import { expect, test } from "vitest";
import { familiarWith, recognise } from "../../../../harness/target/oracle/familiar.ts";
import { likeness, type PagePrint, printOf } from "../../../../harness/target/oracle/page-print.ts";

function print(html: string, user = "ann@x.example"): PagePrint {
  return printOf({ url: "http://127.0.0.1:3000/portal", status: 200, html }, [user]);
}

const USERS = ["ann@x.example", "bob@x.example", "cyd@x.example"] as const;

function familiar(pageOf: (user: string, index: number) => string): ReturnType<typeof familiarWith> {
  return familiarWith(USERS.map((user, index) => print(pageOf(user, index), user)));
}

const RANDOM = ["xkcd", "qwpo", "zmnb"];

test.each([
  {
    title: "the same page",
    page: (user: string) => `<p>Hello ${user}</p>`,
    html: "<p>Hello ann@x.example</p>",
    is: "same",
  },
  {
    title: "one more word",
    page: (user: string) => `<p>Hello ${user}</p>`,
    html: "<p>Hello ann@x.example denied</p>",
    is: "other",
  },
  {
    title: "one word less",
    page: (user: string) => `<p>Hello ${user}</p>`,
    html: "<p>ann@x.example</p>",
    is: "other",
  },
  {
    title: "nobody's name",
    page: (user: string) => `<p>Hello ${user}</p>`,
    html: "<p>Hello</p>",
    is: "other",
  },
  {
    title: "one more element",
    page: (user: string) => `<p>Hello ${user}</p>`,
    html: "<p>Hello ann@x.example</p><p></p>",
    is: "other",
  },
  {
    title: "another class",
    page: (user: string) => `<p class="ok">${user}</p>`,
    html: `<p class="ok no">ann@x.example</p>`,
    is: "other",
  },
  {
    title: "another time",
    page: (user: string) => `<p>${user} 12:30:01</p>`,
    html: "<p>ann@x.example 12:30:02</p>",
    is: "same",
  },
  {
    title: "another word where each is another",
    page: (_: string, index: number) => `<i>${RANDOM[index]}</i><p>ok</p>`,
    html: "<i>plmk</i><p>ok</p>",
    is: "same-but-wild",
  },
  {
    title: "a new word beside one that is another each time",
    page: (_: string, index: number) => `<i>${RANDOM[index]}</i><p>ok</p>`,
    html: "<i>plmk</i><p>ok denied</p>",
    is: "other",
  },
  {
    title: "a longer list of users",
    page: (_: string, index: number) =>
      `<ul>${USERS.slice(0, index + 1)
        .map((one) => `<li>${one}</li>`)
        .join("")}</ul>`,
    html: `<ul>${[...USERS, "dot@x.example"].map((one) => `<li>${one}</li>`).join("")}</ul>`,
    is: "same",
  },
  {
    title: "a refusal among a list of users",
    page: (_: string, index: number) =>
      `<ul>${USERS.slice(0, index + 1)
        .map((one) => `<li>${one}</li>`)
        .join("")}</ul>`,
    html: `<ul><li>ann@x.example</li><li>denied</li></ul>`,
    is: "other",
  },
  {
    title: "another member",
    page: (user: string) => `{"name":"${user}","mfa":true}`,
    html: `{"name":"ann@x.example","mfa":false}`,
    is: "other",
  },
  {
    title: "another level",
    page: (user: string) => `{"name":"${user}","level":2}`,
    html: `{"name":"ann@x.example","level":1}`,
    is: "other",
  },
  {
    title: "another time in JSON",
    page: (user: string) => `{"name":"${user}","at":1700000001}`,
    html: `{"name":"ann@x.example","at":1700000002}`,
    is: "same",
  },
])("$title is $is", ({ page, html, is }) => {
  expect(recognise(print(html), familiar(page))).toBe(is);
});

test("a page that is too large to be looked at to its end is no other's", () => {
  const html = "<p>a</p>".repeat(20_500);
  expect(recognise(print(html), familiarWith([print(html), print(html)]))).toBe("other");
});

test.each([
  { a: "<p>a b</p>", b: "<p>a b</p>", like: 1 },
  { a: "<p>a</p>", b: "<p>b</p>", like: 0.5 }, // the places are the same
  { a: "", b: "", like: 1 },
])("$a is like $b by $like", ({ a, b, like }) => {
  expect(likeness(print(a), print(b))).toBe(like);
});
