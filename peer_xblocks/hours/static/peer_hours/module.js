/* Tells the server once that this learner opened the module, so that staff tools find the record. */
function PeerModule(runtime, element, args) {
  "use strict";
  if (args && args.opened) window.Peer.post(runtime.handlerUrl(window.Peer.node(element), "opened"), {});
}
