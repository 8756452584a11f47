// How fast a phase of the work goes, and how long the rest of it takes.
export type Stand = { phase: string; done: number; total: number };

const least = 2000;  // milliseconds, before which a rate says nothing

export class Pace {
  private began: (Stand & { at: number }) | undefined;

  /** Seen in this window since the phase began; `at` in milliseconds. The rate is by the second, `left` in seconds. */
  of(now: Stand, at: number): { rate: number; left: number } | undefined {
    if (!this.began || this.began.phase !== now.phase || now.done < this.began.done) this.began = { ...now, at };
    const rate = ((now.done - this.began.done) / (at - this.began.at)) * 1000;
    return at - this.began.at >= least && rate > 0 && now.total > now.done ? { rate, left: (now.total - now.done) / rate } : undefined;
  }
}
