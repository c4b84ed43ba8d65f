"""The local site: an XBlock runtime faithful to the LMS and Studio, and the pages and people around it.

What the pages of the site and the tests build on (docs/decisions/0003-demo-runtime.md says what it copies):

- `store`: courses as authors made them; `studio`: add, edit, duplicate, paste, reorder, delete; `olx`: archives in and out.
- `visit.Visit`: who looks at which course, from where, as whom; `runtime.DemoRuntime(visit).get_block(usage)`.
- `page.render_unit(usage, user, masquerade=None)`: a unit as a `Page` of head, body and foot.
- `access`: enrolments, roles, anonymous ids; `masquerade`: staff who view a course as a learner.
- `instructor`: delete state, reset attempts, rescore, override, response report.
- `platform.DemoPlatform`: what rooms ask of a platform; `publish.published`: a signal for each publish of a block.

Addresses (`urls`): `/xblock/<usage>` a unit as a page of its own; `/courses/<course>/xblock/<usage>/handler/<name>`;
`/studio/xblock/<usage>` the preview, `…/edit` the editor, `…/handler/<name>`; `/studio/preview/xblock/<usage>/handler/<name>`;
`/xblock/resource/<type>/public/…`; the rooms' own under `/peer_xblocks/<room>/`.
"""
