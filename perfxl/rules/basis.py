"""Documents that several rules rest on, named once."""

from perfxl.model.finding import Basis

EVALUATION_MEASURES = Basis("财预〔2020〕10号", "项目支出绩效评价管理办法")
COMMON_INDICATORS = Basis("财预〔2013〕53号", "预算绩效评价共性指标体系框架")
LOCAL_SCHEME = Basis("", "下发的评分方案（指标、分值由各地自定）")
APPROVED_TARGETS = Basis("", "年初批复的绩效目标（随表下发）")
PRACTICE = Basis("", "报送系统与财政部门审核的通行做法")
