// What every page is made with: elements, icons, times. Strings become text, never markup.
"use strict";

const Elements = (() => {
  const ICONS = {
    play: "M8 5.5v13l10.5-6.5z", pause: "M7 5h3.6v14H7zM13.4 5H17v14h-3.6z",
    previous: "M6 5h2.2v14H6zM19 5.5v13L9 12z", next: "M15.8 5H18v14h-2.2zM5 5.5v13L15 12z",
    star: "M12 4l2.4 5.2 5.6.7-4.1 3.9 1.1 5.6-5-2.8-5 2.8 1.1-5.6L4 9.9l5.6-.7z",
  };

  // An element with attributes and children.
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== ""));
    return element;
  }

  function icon(name) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  // Seconds as 4:05, or 1:02:03 from an hour on.
  function clock(seconds) {
    const whole = Math.floor(seconds + 0.5);
    const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
    const padded = (number) => String(number).padStart(2, "0");
    return hours ? `${hours}:${padded(minutes)}:${padded(whole % 60)}` : `${minutes}:${padded(whole % 60)}`;
  }

  // Keep an element in sight above a player that is `covered` pixels high, unless the reader looks
  // elsewhere on purpose.
  function keepInSight(element, covered) {
    const box = element.getBoundingClientRect();
    const low = window.innerHeight - covered;
    if (box.bottom > low && box.top < window.innerHeight + low / 2) {
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    }
  }

  return { make, icon, clock, keepInSight };
})();
