/* SPDX-License-Identifier: MIT */
#include "reload.h"

#include <stdio.h>

#include "settings.h"

#define QUIET_AGAIN_US HAL_MS(50)

static void take_over(struct reload *reload)
{
	struct hal_fault fault = { "" };

	if (wiring_reload(reload->wiring, reload->running, &reload->fresh, &fault) == HAL_OK)
		hal_log(reload->log, HAL_LOG_NOTICE, "config",
		        "'%s': changed devices are open anew; other changes wait for the next "
		        "start",
		        reload->path);
	else
		hal_log(reload->log, HAL_LOG_ERROR, "config", "%s; that device stays as it was",
		        fault.text);
}

static void on_quiet(struct hal_timer *timer)
{
	struct reload *reload = hal_container_of(timer, struct reload, quiet);

	if (station_is_quiet(reload->station))
		take_over(reload);
	else
		hal_timer_start(reload->loop, &reload->quiet, QUIET_AGAIN_US);
}

static void keep_settings(struct reload *reload)
{
	char name[64], value[CONFIG_TEXT];
	struct hal_fault fault;

	for (size_t i = 0; i < setting_count; i++) {
		snprintf(name, sizeof(name), "%s.%s", settings[i].section, settings[i].name);
		setting_value(reload->settings, &settings[i], value, sizeof(value));
		if (setting_apply(&reload->fresh, name, value, &fault) != HAL_OK)
			hal_log(reload->log, HAL_LOG_WARN, "config", "%s", fault.text);
	}
}

void reload_begin(struct reload *reload)
{
	struct hal_fault fault;

	if (config_read(reload->path, &reload->fresh, &fault) != HAL_OK) {
		hal_log(reload->log, HAL_LOG_ERROR, "config", "%s; the running configuration stays",
		        fault.text);
		return;
	}
	keep_settings(reload);
	reload->quiet.fire = on_quiet;
	on_quiet(&reload->quiet);
}
