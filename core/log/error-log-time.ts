const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/**
 * Local time as `%t` has it; `options` may hold `c` for the compact ISO 8601 form and `u` for microseconds.
 *
 * @example errorLogTime(Date.now(), 'u'); // Sat Nov 21 09:30:56.820606 2026
 */
export function errorLogTime(time: number, options: string): string {
  const date = new Date(time);
  const fraction = options.includes('u') ? `.${String(Math.floor((time % 1000) * 1000)).padStart(6, '0')}` : '';
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}${fraction}`;
  const day = two(date.getDate());
  return options.includes('c')
    ? `${date.getFullYear()}-${two(date.getMonth() + 1)}-${day} ${clock}`
    : `${days[date.getDay()]} ${months[date.getMonth()]} ${day} ${clock} ${date.getFullYear()}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
