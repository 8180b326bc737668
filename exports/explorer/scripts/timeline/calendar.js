"use strict";
// Stretches of the calendar in which events are counted together, from days to centuries; all in UTC.
newsloom.calendar = (() => {
  const DAY = 86400000;
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

  // Date.UTC takes the years 0 to 99 for those of the twentieth century.
  function midnight(year, month = 0, day = 1) {
    const date = new Date(0);
    date.setUTCFullYear(year, month, day);
    return date.getTime();
  }

  const year = (time) => new Date(time).getUTCFullYear();
  const month = (time) => new Date(time).getUTCMonth();
  const written = (time) => `${new Date(time).getUTCDate()} ${MONTHS[month(time)]} ${year(time)}`;

  const months = (count, name) => ({
    days: count * 30.4,
    start: (time) => midnight(year(time), month(time) - (month(time) % count)),
    end: (start) => midnight(year(start), month(start) + count),
    name,
  });
  const years = (count, name) => ({
    days: count * 365.25,
    start: (time) => midnight(year(time) - (year(time) % count)),
    end: (start) => midnight(year(start) + count),
    name,
  });

  const units = [
    { days: 1, start: (time) => Math.floor(time / DAY) * DAY, end: (start) => start + DAY, name: written },
    {
      days: 7,
      start: (time) => (Math.floor((time / DAY + 3) / 7) * 7 - 3) * DAY, // the first day of all was a Thursday
      end: (start) => start + 7 * DAY,
      name: (start) => `week of ${written(start)}`,
    },
    months(1, (start) => `${MONTHS[month(start)]} ${year(start)}`),
    months(3, (start) => `${MONTHS[month(start)]} to ${MONTHS[month(start) + 2]} ${year(start)}`),
    years(1, (start) => `${year(start)}`),
    years(10, (start) => `${year(start)} to ${year(start) + 9}`),
    years(100, (start) => `${year(start)} to ${year(start) + 99}`),
  ];

  // The smallest stretch that is at least so many milliseconds long.
  const unit = (least) => units.find(({ days }) => days * DAY >= least) ?? units.at(-1);

  return { DAY, unit };
})();
