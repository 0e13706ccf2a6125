import { type Html, html, type Part, trusted } from '../../report/markup.js';

/** The pages of the dashboard in the order of its menu. */
export const MENU = [
  ['now', 'Now'],
  ['reliability', 'Reliability'],
  ['scores', 'Scores'],
  ['feedback', 'Feedback'],
  ['review', 'Review'],
  ['versions', 'Versions'],
] as const;

export type PageName = (typeof MENU)[number][0];

interface Document {
  title: string;
  base: string;
  /** The page in the menu; null: the menu is not shown. */
  page: PageName | null;
  isSignedIn?: boolean;
  /** Version of vouch. */
  vouch: string;
}

/** A whole page. Style and script are files of the service; nothing comes from elsewhere. */
export function documentOf({ title, base, page, isSignedIn = false, vouch }: Document, main: Part): string {
  const menu = MENU.map(([name, label]) => {
    const current = name === page ? trusted(' aria-current="page"') : '';
    return html`<a href="${base}/${name}"${current}>${label}</a>`;
  });
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · vouch</title>
<link rel="stylesheet" href="${base}/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar"><div><strong>vouch</strong>${page !== null && html`<nav aria-label="Pages">${menu}</nav>`}${
    isSignedIn && html`<form method="post" action="${base}/sign-out"><button class="quiet">Sign out</button></form>`
  }</div></header>
<main id="main" class="board">
${main}
</main>
<footer>vouch ${vouch}</footer>
<script src="${base}/script.js"></script>
</body>
</html>
`.markup;
}

/** The form with which a browser signs in. */
export function signInPage({ base, vouch, said }: { base: string; vouch: string; said?: string }): string {
  const form: Html = html`<h1>Sign in</h1>
${said !== undefined && html`<p class="alarm" role="alert">${said}</p>`}
<form class="signin" method="post" action="${base}/sign-in">
<label for="key">Dashboard key</label><input id="key" name="key" type="password" required autocomplete="current-password">
<label for="rater">Your name, if you review answers <small>(it is stored with your labels)</small></label>
<input id="rater" name="rater" maxlength="100" autocomplete="nickname">
<div><button class="main">Sign in</button></div></form>`;
  return documentOf({ title: 'Sign in', base, page: null, vouch }, form);
}

/** A page that says that something went wrong. */
export function failurePage({ base, vouch }: { base: string; vouch: string }, message: string): string {
  const main = html`<h1>This page cannot be shown</h1><p class="alarm" role="alert">${message}</p>
<p><a href="${base}/now">Back to the dashboard</a></p>`;
  return documentOf({ title: 'Not shown', base, page: null, vouch }, main);
}
