// When a draft is saved: soon after the last key, and now and then while typing goes on.

const PAUSE = 1500;
const LONGEST = 8000;
const RETRY = 10000;

export class Pace {
  constructor(act) {
    this.act = act;
  }

  /** Something was typed; with a troubled network only a copy is made, and that at once. */
  typed(troubled) {
    this.since ??= Date.now();
    const pause = troubled ? 300 : PAUSE;
    this.in(Math.max(0, Math.min(pause, this.since + LONGEST - Date.now())));
  }

  again() {
    this.in(RETRY);
  }

  rest() {
    clearTimeout(this.timer);
    this.since = null;
  }

  in(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.act, pause);
  }
}
