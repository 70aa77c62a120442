// Plays clips one after another, and shows where it is: words, sentences, waveforms.
"use strict";

// A track is a clip with what it lights up: {id, clip, words, element, episode, segment, start,
// end, gap, next, previous}. Tracks of a transcript follow one another; a change's stand alone.
class Player {
  constructor(audio, shown) {
    this.audio = audio;
    this.shown = shown; // called after every change of what is playing
    this.source = (clip) => clip; // a clip's address
    this.track = null;
    this.rate = 1;
    this.waiting = 0; // timer of the pause between two tracks
    this.playing = false;
    this.lit = null;
    audio.addEventListener("ended", () => this.finished());
    audio.addEventListener("error", () => { if (this.track) this.stop(); });
    audio.addEventListener("pause", () => { // by a headset, or by the system
      if (audio.paused && !audio.ended && !this.waiting && this.playing) this.stop();
    });
  }

  // From `at` seconds into a track.
  play(track, at = 0) {
    this.load(track, at);
    if (!this.playing) requestAnimationFrame(() => this.tick());
    this.playing = true;
    this.audio.play().catch((error) => { // an abort only means that something else plays now
      if (error.name !== "AbortError") this.stop();
    });
    this.shown();
  }

  tick() {
    this.light();
    if (this.playing) requestAnimationFrame(() => this.tick());
  }

  load(track, at = 0) {
    clearTimeout(this.waiting);
    this.waiting = 0;
    this.unlight();
    this.track = track;
    const source = this.source(track.clip);
    if (this.audio.getAttribute("src") !== source) this.audio.setAttribute("src", source);
    this.audio.currentTime = at;
    this.speed(this.rate);
  }

  speed(rate) {
    this.rate = rate;
    this.audio.defaultPlaybackRate = rate;
    this.audio.playbackRate = rate;
    this.audio.preservesPitch = true;
    this.audio.webkitPreservesPitch = true;
  }

  toggle(first) {
    if (this.playing) this.stop();
    else if (this.track) this.play(this.track, this.audio.ended ? 0 : this.audio.currentTime);
    else if (first) this.play(first);
  }

  stop() {
    this.playing = false;
    if (this.waiting) {
      clearTimeout(this.waiting);
      this.waiting = 0;
      this.load(this.track.next);
    }
    this.audio.pause();
    this.shown();
  }

  finished() {
    const next = this.track && this.track.next;
    if (!next || !this.playing) {
      this.playing = false;
      this.unlight();
      this.shown();
      return;
    }
    this.unlight();
    this.waiting = setTimeout(() => { this.waiting = 0; this.play(next); }, this.track.gap * 1000 / this.rate);
  }

  // Seconds into the episode, for tracks of a transcript.
  get time() {
    if (!this.track || this.track.start === undefined) return null;
    return this.track.start + this.audio.currentTime;
  }

  light() {
    const track = this.track;
    if (!track || this.audio.paused || !this.audio.currentTime) return;
    const at = this.audio.currentTime;
    let n = -1;
    track.words.forEach(([start], index) => { if (start <= at) n = index; });
    const word = track.spans[n] || null;
    if (word !== this.lit) {
      this.unlight();
      this.lit = word;
      if (word) word.classList.add("on");
    }
    this.shown(true);
  }

  unlight() {
    if (this.lit) this.lit.classList.remove("on");
    this.lit = null;
  }
}

// Each speaker of an episode, in the order of their first words, and a colour of preview.css.
function voiceColours(episode) {
  const speakers = [...new Set(episode.segments.map((segment) => segment.speaker))];
  return new Map(speakers.map((speaker, n) => [speaker, `voice-${n % VOICE_COLOURS}`]));
}

const VOICE_COLOURS = 6;

// The waveform of an episode, as bars in the colours of those who speak.
class Wave {
  constructor(slider, episode, clips) {
    this.slider = slider;
    this.episode = episode;
    this.clips = clips;
    this.canvas = slider.querySelector("canvas");
    this.head = slider.querySelector(".head");
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(slider);
  }

  // The loudest peak between two seconds, 0 to 1, and the segment there.
  at(from, to) {
    let high = 0;
    let found = null;
    for (const segment of this.episode.segments) {
      if (segment.end <= from || segment.start >= to) continue;
      found = segment;
      const clip = this.clips[segment.clip];
      if (!clip) continue;
      const per = clip.peaks.length / clip.duration_s;
      const first = Math.max(0, Math.floor((from - segment.start) * per));
      const last = Math.min(clip.peaks.length - 1, Math.floor((to - segment.start) * per));
      for (let n = first; n <= last; n += 1) high = Math.max(high, clip.peaks[n] / 99);
    }
    return [high, found];
  }

  draw() {
    const { width, height } = this.slider.getBoundingClientRect();
    if (!width) return;
    const scale = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    const pen = this.canvas.getContext("2d");
    pen.scale(scale, scale);
    const style = getComputedStyle(this.slider);
    const colour = (name) => style.getPropertyValue(name).trim();
    const voices = voiceColours(this.episode);
    const duration = this.episode.duration_s;
    let loudest = 0.05;
    for (const { clip } of this.episode.segments) {
      for (const peak of clip ? this.clips[clip].peaks : []) loudest = Math.max(loudest, peak / 99);
    }
    const x = (seconds) => (seconds / duration) * width;
    pen.fillStyle = colour("--changed-band");
    for (const segment of this.episode.segments) {
      if (segment.change && this.episode.status === "changed") {
        pen.fillRect(x(segment.start) - 1, 0, Math.max(3, x(segment.end) - x(segment.start) + 2), height);
      }
    }
    const step = 3;
    for (let left = 0; left < width; left += step) {
      const [high, segment] = this.at((left / width) * duration, ((left + step) / width) * duration);
      if (!segment) continue;
      const tall = segment.clip ? Math.max(2, (high / loudest) * (height - 12)) : 2;
      pen.fillStyle = colour(segment.clip ? `--${voices.get(segment.speaker)}` : "--silent");
      pen.fillRect(left, (height - tall) / 2, step - 1, tall);
    }
    pen.fillStyle = colour("--chapter");
    for (const chapter of this.episode.chapters.slice(1)) pen.fillRect(x(chapter.start) - 1, 0, 1, height);
  }

  show(seconds, saying) {
    const duration = this.episode.duration_s;
    this.head.style.left = `${(100 * seconds) / duration}%`;
    this.slider.setAttribute("aria-valuenow", seconds.toFixed(1));
    const place = `${Elements.clock(seconds)} of ${Elements.clock(duration)}`;
    this.slider.setAttribute("aria-valuetext", saying ? `${place}: ${saying}` : place);
  }
}
