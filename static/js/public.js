// What the public pages load, whole without any of it. The site joins these modules into one file when
// it collects them (site_config/joining.py says what they may do for that).

import "./search.js";
import "./tray.js";
import "./comparison.js";
