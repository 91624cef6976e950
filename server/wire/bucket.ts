// A token bucket: what one screen may ask. Time is an argument.

export class TokenBucket {
	private readonly perSecond: number;
	private readonly burst: number;
	private tokens: number;
	private at: number;

	constructor(perSecond: number, burst: number, now: number) {
		this.perSecond = perSecond;
		this.burst = burst;
		this.tokens = burst;
		this.at = now;
	}

	/** @returns false, taking nothing, when less than `cost` is left. */
	take(cost: number, now: number): boolean {
		// A clock that was set back gives nothing and takes nothing.
		if (now > this.at) this.tokens = Math.min(this.burst, this.tokens + ((now - this.at) / 1000) * this.perSecond);
		this.at = now;
		if (this.tokens < cost) return false;
		this.tokens -= cost;
		return true;
	}
}
